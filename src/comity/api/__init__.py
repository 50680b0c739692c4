"""What other programs ask of a node: peers' exchange, and the public record's folder over HTTP."""
