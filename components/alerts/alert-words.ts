/** What a person reads for each refusal. */
export const ALERT_REFUSALS: Readonly<Record<string, string>> = {
  ACKNOWLEDGED_ALREADY: "Someone else has taken note of it.",
  RAISED_AGAIN: "It was raised again meanwhile. Look at it as it is now.",
  NOT_ACKNOWLEDGED: "Nobody had taken note of it.",
  NOT_SNOOZED: "It was not put off.",
  NOT_MUTED: "It was not muted.",
  OVER: "Its cause is over.",
  PAST: "Choose a day after today.",
  TOO_FAR: "That is too far away: what is quiet for so long is forgotten.",
  ONLY_CHAIRMAN: "Only the chairman mutes a critical alert. You can take note of it, or put it off.",
};

export const RISK_REFUSALS: Readonly<Record<string, string>> = {
  CONFLICT: "Someone changed this risk since you opened it. Nothing was saved; look at it again.",
  OWNER: "That person does not work on this venture.",
};
