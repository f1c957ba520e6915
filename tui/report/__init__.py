"""The report: what was gathered becomes a document in words, and the document one file of HTML or Markdown."""
