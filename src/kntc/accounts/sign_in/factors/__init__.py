"""Second factors: one-time codes of a telephone, passkeys, recovery codes. The protocols are allauth's and fido2's."""
