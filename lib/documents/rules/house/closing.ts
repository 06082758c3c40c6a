export const BOARD_CONSENT = `
# Written consent of the board

> Counsel must review this consent before it is signed. Counsel must also confirm that the board may resolve in writing.

Resolved by the board of **{{seller.legalName}}** on {{document.day}}.

Members: {{board.members}}

1. **The sale.** The board has considered the sale of all shares of {{company.legalName}} to {{buyer.legalName}} on the terms of
“{{offer.title}}” of {{offer.day}}, at a headline price of {{terms.price}} for {{terms.basis}}, and finds it to be in the
interest of the company and its shareholders.

2. **What reaches the holders.** The board has before it what each holder receives under these terms:

{{#if statement}}

| Holder | Before tax > | Held back > | Tax > | Cash at closing > |
{{#each statement}}
| {{payee.name}} | {{payee.gross}} | {{payee.held}} | {{payee.withheld}} | {{payee.cash}} |
{{/each}}

{{else}}

| Holder | At closing > | Later, at most > |
{{#each holders}}
| {{holder.name}} | {{holder.atClosing}} | {{holder.later}} |
{{/each}}

{{/if}}

3. **Approval.** The sale on these terms is approved. {{seller.signatory}}, {{seller.signatoryTitle}}, is authorised to sign the
definitive agreement and whatever closing needs, on these terms and on none that are worse for the company.
{{#if earnOut}}

4. **Money that comes later.** The board knows that a part of the price is an earn-out, and that it may not be earned.
{{/if}}
{{#if escrow}}

5. **Escrow.** The board approves that {{terms.escrow}} of the equity proceeds is held in escrow for {{terms.escrowMonths}} months.
{{/if}}
{{#if rollover}}

6. **Rollover.** The board approves that {{terms.rollover}} is rolled over. Members who take part in it have said so.
{{/if}}
{{#if carveOut}}

7. **Management.** The board approves a carve-out of {{terms.carveOut}} of the equity proceeds for management. Members who would
receive a part of it took no part in this resolution.
{{/if}}

8. **Interests.** Each member has told the board of any interest in the sale.

___ Member of the board

___ Member of the board
`;

export const CLOSING_CERTIFICATE = `
# Closing certificate

> Counsel must review this certificate before it is signed. Whoever signs it answers for what it says.

{{document.day}}

To {{buyer.legalName}}, under the agreement of {{deal.agreementSigned}} about the sale of all shares of {{company.legalName}}.

{{seller.signatory}}, {{seller.signatoryTitle}} of {{seller.legalName}}, certifies to the best of their knowledge, for the company
and without personal liability:

1. The warranties of the Seller in the agreement were true when it was signed and are true today in all material respects.

2. The Seller has done everything that the agreement asks of it before closing.
{{#if checklist}}

3. These conditions of closing are fulfilled or have been waived in writing:

{{#each closingConditions}}
(a) {{closingCondition.text}}: {{closingCondition.standing}}
{{/each}}
{{/if}}
{{#if peg}}

4. The estimate of working capital given to the Buyer, {{terms.expectedWorkingCapital}} against a peg of {{terms.peg}}, was made
in good faith and in the way that the agreement says.
{{/if}}

5. No court and no authority has forbidden the sale.

Closing took place on {{deal.closed}}.

___ {{seller.signatory}}, {{seller.signatoryTitle}}
`;

export const FUNDS_FLOW = `
# Funds-flow memorandum

> Counsel must review this memorandum before money moves. It instructs no bank: payments are released in the ledger only.

Sale of {{company.legalName}} to {{buyer.legalName}}. Closing on {{deal.closed}}. Written on {{document.day}} from
“{{offer.title}}” of {{offer.day}}.

## From the price to what is paid

| Line | Amount > |
{{#each bridge}}
| {{line.label}} | {{line.amount}} |
{{/each}}

## Paid at closing

- Equity proceeds: {{figure.equity}}
- Paid at closing: {{figure.closing}}
- Of it in cash: {{figure.closingCash}}
{{#if escrow}}
- To the escrow agent, {{escrow.agent}}: {{figure.escrow}}
{{/if}}
{{#if holdback}}
- Held back by the buyer: {{figure.holdback}}
{{/if}}

## To each holder

{{#if statement}}

| Holder | Before tax > | Held back > | Tax > | Cash at closing > |
{{#each statement}}
| {{payee.name}} | {{payee.gross}} | {{payee.held}} | {{payee.withheld}} | {{payee.cash}} |
{{/each}}

{{else}}

| Holder | At closing > | Later, at most > |
{{#each holders}}
| {{holder.name}} | {{holder.atClosing}} | {{holder.later}} |
{{/each}}

{{/if}}

## Rules

1. Bank details are confirmed by a call to a number known before, never to one from the same message. A change of details after
that stops the payment.

2. Two people approve every payment.

3. Money moves only after both sides have released their signatures.
`;

export const DISTRIBUTION_NOTICE = `
# Distribution notice

> Counsel must review this notice before it is sent. It is no tax advice.

{{document.day}}

To **{{about.name}}**

{{company.legalName}} has been sold to {{buyer.legalName}}. Closing took place on {{deal.closed}}. As a holder of {{company.name}}
you receive:

{{#if distributed}}
| What | Amount > |
| Distributed to you, before tax | {{about.gross}} |
| Tax withheld | {{about.withheld}} |
| Paid to you | {{about.net}} |
| Later, at most | {{about.later}} |

{{else}}
| What | Amount > |
| At closing | {{about.atClosing}} |
| Later, at most | {{about.later}} |

{{/if}}

{{#if escrow}}

1. **Escrow.** {{terms.escrow}} of the equity proceeds is held in escrow for {{terms.escrowMonths}} months. Your part of what is
released is paid to you then; it may be less than the most stated above, or nothing.
{{/if}}
{{#if holdback}}

2. **Holdback.** The buyer holds back {{terms.holdback}} of the equity proceeds for {{terms.holdbackMonths}} months.
{{/if}}
{{#if earnOut}}

3. **Earn-out.** A part of the price is paid only if it is earned. You hear from us when it is settled.
{{/if}}
{{#if vendorNote}}

4. **Vendor note.** A part of the price is a note of the buyer, due {{terms.vendorNoteMonths}} months after closing.
{{/if}}

5. **What we need from you.** We pay only to an account that has been confirmed with you by telephone. Nobody of ours asks you for
a change of account by e-mail.

___ For {{seller.legalName}}: {{seller.signatory}}, {{seller.signatoryTitle}}
`;

export const RELEASE_LETTER = `
# Joint release letter

> Counsel must review this letter before it is signed. Nothing is released before both sides have signed it.

{{document.day}}

To {{escrow.agent}}

1. This letter is the joint written instruction under the escrow agreement made for the sale of {{company.legalName}} by
{{seller.legalName}} to {{buyer.legalName}}, closed on {{deal.closed}}.

2. Please release **{{about.amount}}** of {{about.name}}, which could be released from {{about.opens}}, to the sellers.

3. What is not named here stays where it is. Claims about it are not waived by this letter.

4. Please pay only to the accounts that were confirmed to you when the escrow was opened.

___ For the sellers: {{seller.signatory}}, {{seller.signatoryTitle}}

___ For the buyer: {{buyer.signatory}}, {{buyer.signatoryTitle}}
`;
