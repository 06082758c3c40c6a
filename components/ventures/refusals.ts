/** What a person reads when a change of a venture was refused. */
export const VENTURE_REFUSALS: Readonly<Record<string, string>> = {
  SLUG_TAKEN: "Another venture has this short name already. Choose another one; everything else stays as typed.",
  SLUG_NEEDED: "This name gives no short name for addresses. Type one: small letters, digits and hyphens.",
  CURRENCY_IN_USE:
    "Amounts are stored in the present currency, so it cannot change any more. Take the imports back first.",
  OPEN_MEMOS: "Memos of this venture still wait for a decision. Decide them first; then it can be put away.",
  AGENT_AT_WORK: "An agent works on this venture now. Stop it, or wait until it has finished.",
  ALREADY_ARCHIVED: "This venture is archived already.",
  NOT_ARCHIVED: "This venture is not archived any more.",
  NOT_AN_OWNER: "This person does not work on the venture. Choose another one.",
  INVALID_INPUT: "Nothing was saved. What has to be different stands at each field.",
};
