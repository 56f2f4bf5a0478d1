"""Grounding: is a claim supported by sentences of its sources?"""
