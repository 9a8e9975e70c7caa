"""What stands between the spider and the network: each module one duty, in the order that `spiders.settings` gives."""
