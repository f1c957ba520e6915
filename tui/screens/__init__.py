"""The screens: home, section, and what lies over them."""
