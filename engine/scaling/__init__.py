"""How large networks are: public architectures counted without their numbers, and what it takes to hold them."""
