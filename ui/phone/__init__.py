"""Draw on a phone, see it on the screen that all look at: the way from one to the other is a code.

Begin with `relay.py`, which every visitor's pages share; `receiving.py` is the screen's part,
`sending.py` the phone's, `shown.py` what either of them sees.
"""
