"""Short films by Pika, Veo and many more, through fal."""
