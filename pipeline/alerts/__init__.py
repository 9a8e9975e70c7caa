"""Lists that readers follow, and the digests that tell them what is new in them.

A wish (`following`) becomes a saved filter once the owner of the address has confirmed it by a signed link (`links`);
`digests` sets aside what is new, `messages` words it, `channels` sends it.
"""
