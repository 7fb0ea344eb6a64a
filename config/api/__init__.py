"""The API as a whole: who may come in, how a refusal reads, the schema, the page of operations, the addresses."""
