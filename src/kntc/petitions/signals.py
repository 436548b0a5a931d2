"""What rooms above are told of, so that a petition need not know them."""

from django.dispatch import Signal

# Sent inside the action's transaction with petition=…, at=… (the moment of voiding).
petition_voided = Signal()
petition_restored = Signal()
# Sent with petition=…, at=… after any correction, so that what was derived elsewhere follows.
petition_corrected = Signal()
