"""Pictures drawn by the GPT Image models of OpenAI."""
