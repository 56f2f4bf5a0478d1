"""Measurements that anyone can repeat. Every published number comes from a file that a command in here wrote."""
