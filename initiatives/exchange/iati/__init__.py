"""Activities as the International Aid Transparency Initiative has them: iatistandard.org, 2.03."""
