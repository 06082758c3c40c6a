/** Where nobody has written one: short, plain, and to be replaced by counsel's. Ours; no published form is copied. */
export const DEFAULT_NDA = `Confidentiality

1. What you see in this data room is confidential. You use it only to consider a transaction with the company, and show it only to those of your people and advisers who need it for that and are bound in the same way.
2. You do not copy or pass on more than this purpose needs. What you open is recorded and marked with your address.
3. This does not cover what is public, what you had before, or what the law makes you disclose; then you tell us first where you may.
4. If no transaction comes about, you return or destroy what you have, except what the law makes you keep.
5. These duties last for two years from today. Nothing here obliges either side to conclude a transaction.

This text was written for the room by the holding; it is not legal advice. Your own agreement with the company, where there is one, comes first.`;
