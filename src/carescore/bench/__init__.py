"""What carescore costs on this machine, beside what people use instead; see `carescore bench`."""
