"""The spaCy pipeline: tokenizer, sentences, then one component a field."""
