export const NDA = `
# Confidentiality agreement

> Counsel must review this agreement before it is signed or sent.

This agreement is made on {{document.day}} between **{{seller.legalName}}**, {{seller.registeredOffice}} (the **Seller**),
and **{{buyer.legalName}}**, {{buyer.registeredOffice}} (the **Recipient**).

The Recipient considers buying shares of {{company.legalName}} (the **Company**). The Seller is ready to give it information
for that purpose and for no other.

1. **What is confidential.** Everything that the Seller, the Company or their advisers give the Recipient about the Company,
in whatever form, and the fact that talks are held, is confidential.

2. **What is not.** Information is not confidential if the Recipient can show that it was public when it was given, became
public later without a breach of this agreement, was known to the Recipient before, or came to it lawfully from somebody who
was free to give it.

3. **What the Recipient does with it.** The Recipient

(a) uses the information only to consider the purchase;

(b) gives it only to those of its directors, employees, advisers and sources of finance who need it for that purpose and are
bound to keep it confidential, and answers for them;

(c) protects it at least as carefully as its own.

4. **When the law demands it.** If a court or an authority orders the Recipient to give information, the Recipient tells the
Seller first where that is allowed, and gives no more than it must.

5. **People.** While this agreement lasts the Recipient does not solicit the Company's managers. General advertising is not
solicitation.

6. **Return.** When the Seller asks for it the Recipient returns or destroys the information within ten business days and says
so in writing. It may keep what the law or its ordinary backups require, still confidential.

7. **No promise.** Nobody promises that the information is complete or right, except in a definitive agreement. Nobody is bound
to buy or to sell.

8. **How long.** This agreement ends {{nda.months}} months after its date.

9. **Law and courts.** This agreement is governed by the law of {{law.governing}}. Disputes go to {{law.courts}}.

___ For the Seller: {{seller.signatory}}, {{seller.signatoryTitle}}

___ For the Recipient: {{buyer.signatory}}, {{buyer.signatoryTitle}}
`;
