"""A catch-all mailbox that refuses what a test asks it to refuse, by the address."""

from aiosmtpd.handlers import Mailbox


class RefusingMailbox(Mailbox):
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("unknown."):
            return f"550 5.1.1 <{address}>: no such mailbox"
        if address.startswith("later."):
            return f"451 4.7.1 <{address}>: come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if any(address.startswith("spam.") for address in envelope.rcpt_tos):
            return "554 this is not wanted here"
        return await super().handle_DATA(server, session, envelope)
