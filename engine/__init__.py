"""The models and how they are trained; knows neither lessons nor screens."""
