/** The clauses on the price, the same words in the letter of intent and in a counter-offer. */
const PRICE = `
1. **Price.** The price is **{{terms.price}}**, for {{terms.basis}}.

{{#if cashFree}}
(a) The price is stated for the Company without cash and without debt. Cash at closing, expected at {{terms.cash}}, is added;
debt at closing, expected at {{terms.debt}}, is taken off.
{{/if}}
{{#if stock}}
(a) Of the price {{terms.stock}} is paid in stock of the Buyer.
{{/if}}
{{#if rollover}}
(a) Of the price {{terms.rollover}} is not paid but rolled over into shares of the acquiring company.
{{/if}}
{{#if vendorNote}}
(a) Of the price {{terms.vendorNote}} is left as a vendor note. It is due {{terms.vendorNoteMonths}} months after closing and
bears simple interest of {{terms.vendorNoteInterest}} a year.
{{/if}}
{{#if earnOut}}

2. **Earn-out.** Included in the price, and paid only if it is earned, are:

| What has to be reached | Amount > | To be settled on |
{{#each earnOuts}}
| {{earnOut.title}} | {{earnOut.amount}} | {{earnOut.day}} |
{{/each}}

(a) Until then the Buyer runs the business in good faith and does nothing that aims at the earn-out not being reached.

(b) The Buyer gives the Seller the accounts on which each earn-out rests within ninety days after its day. Disputes about the
accounts go to an independent accountant, whose finding binds both.
{{/if}}
{{#if peg}}

3. **Working capital.** Working capital at closing is compared with a peg of {{terms.peg}}; it is expected at
{{terms.expectedWorkingCapital}}. The price rises by what exceeds the peg and falls by what is missing.

{{#if collar}}
(a) A difference of up to {{terms.collar}} either way changes nothing. Beyond it counts {{terms.collarOutside}}.
{{/if}}
{{/if}}
{{#if escrow}}

4. **Escrow.** {{terms.escrow}} of the equity proceeds is paid to an escrow agent for {{terms.escrowMonths}} months as security
for claims of the Buyer, and released only on the joint instruction of both sides or on a final decision.
{{/if}}
{{#if holdback}}

5. **Holdback.** The Buyer holds back {{terms.holdback}} of the equity proceeds for {{terms.holdbackMonths}} months as security
for its claims, and then pays what is not claimed by then.
{{/if}}
{{#if carveOut}}

6. **Management.** {{terms.carveOut}} of the equity proceeds goes to management before the holders share the rest.
{{/if}}
{{#if indemnityCap}}

7. **Liability.** The Seller's liability for breaches of warranty is capped at {{terms.indemnityCap}} of the price, fraud excepted.

{{#if indemnityBasket}}
(a) There is no claim until claims together exceed {{terms.indemnityBasket}} of the price. The basket is {{terms.basket}}.
{{/if}}
{{else}}
{{#if indemnityBasket}}

7. **Liability.** The Seller is not liable for breaches of warranty until claims together exceed {{terms.indemnityBasket}} of the
price, fraud excepted. The basket is {{terms.basket}}. No cap on the liability has been stated.
{{/if}}
{{/if}}
{{#if financingCondition}}

8. **Financing.** The Buyer's offer depends on its financing. The Buyer shows the Seller binding commitments of its lenders
before the definitive agreement is signed; without them the Seller may end the talks at once.
{{/if}}
{{#if conditions}}

9. **Conditions.** Closing depends on:

{{#each conditions}}
(a) {{condition.text}}
{{/each}}
{{/if}}
`;

const SIGNED = `
___ For the Seller: {{seller.signatory}}, {{seller.signatoryTitle}}

___ For the Buyer: {{buyer.signatory}}, {{buyer.signatoryTitle}}
`;

export const LOI = `
# Letter of intent

> Counsel must review this letter before it is signed or sent.

{{document.day}}

Between **{{seller.legalName}}**, {{seller.registeredOffice}} (the **Seller**), and **{{buyer.legalName}}**,
{{buyer.registeredOffice}} (the **Buyer**), about all shares of {{company.legalName}}, {{company.registeredOffice}} (the
**Company**).

This letter says on which terms the parties mean to agree. It rests on the offer “{{offer.title}}” of {{offer.day}}. Only the
clauses on exclusivity, confidentiality, costs and law bind them; everything else binds nobody before a definitive agreement is
signed.

## Terms
${PRICE}
10. **Closing.** Closing is expected on {{terms.closesOn}}.

## What binds
{{#if exclusivity}}

11. **Exclusivity.** For {{terms.exclusivityDays}} days from the last signature the Seller negotiates the sale of the Company with
nobody else and tells the Buyer of approaches by others without naming them.
{{/if}}

12. **Confidentiality.** The confidentiality agreement between the parties stays in force. This letter falls under it.

13. **Costs.** Each side bears its own costs, whether or not a sale comes about.

14. **Law and courts.** This letter is governed by the law of {{law.governing}}. Disputes go to {{law.courts}}.
${SIGNED}`;

export const COUNTER_OFFER = `
# Counter-offer

> Counsel must review this counter-offer before it is sent.

{{document.day}}

To {{buyer.legalName}}, {{buyer.registeredOffice}}, for the attention of {{buyer.contact}}

Thank you for your offer for {{company.name}}. We have considered it with our advisers and are ready to go on with the talks on
the terms below. They are one proposal: we would not agree to single terms out of it. Terms that are not named here stay open.

## Terms
${PRICE}
10. **Closing.** We aim at closing on {{terms.closesOn}}.
{{#if exclusivity}}

11. **Exclusivity.** On these terms we would be ready to negotiate with you alone for {{terms.exclusivityDays}} days.
{{/if}}
{{#if validity}}

12. **How long it stands.** We hold these terms open until {{terms.validUntil}}.
{{/if}}

13. **Nothing binds yet.** This letter is no offer that you could accept by saying so. Nobody is bound before a definitive
agreement is signed by both sides and approved by our board.

___ For {{seller.legalName}}: {{seller.signatory}}, {{seller.signatoryTitle}}
`;
