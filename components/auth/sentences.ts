import { ERROR_SENTENCES } from "@/lib/error-sentences";

const SENTENCES: Readonly<Record<string, string>> = {
  ...ERROR_SENTENCES,
  WRONG_CREDENTIALS: "The e-mail or the password is not right. Correct them and try again.",
  SECOND_FACTOR_NEEDED: "Your account has a second factor: enter the six digits that your authenticator shows now.",
  SECOND_FACTOR_WRONG: "This code is not right, or was used already. Wait for the next one.",
  INVITATION_INVALID: "This link was used already, or is older than three days. Ask an administrator for a new one.",
  PASSWORD_WEAK: "Choose a password of at least 12 characters that is not your e-mail.",
  EMAIL_UNVERIFIED:
    "Your identity provider does not vouch for your e-mail, so we cannot tell who you are. Ask its administrator.",
  DOMAIN_NOT_ALLOWED: "Your e-mail's domain may not sign in here. Ask an administrator for an account.",
  OTHER_SUBJECT:
    "This e-mail belonged to somebody else at your identity provider. Ask an administrator for an account.",
  DISABLED: "Your account is disabled. Ask an administrator if it should not be.",
  AccessDenied: "Your identity provider did not let you in.",
  OAuthSignin: "The identity provider does not answer. Try again shortly, or sign in with your password.",
  OAuthCallback: "The sign-in at the identity provider was not completed. Start again.",
  Callback: "The sign-in at the identity provider was not completed. Start again.",
  TOO_SHORT: "The password is too short: at least 12 characters.",
  TOO_LONG: "The password is too long: at most 256 characters.",
  IS_EMAIL: "The password must not be your e-mail.",
  WRONG_PASSWORD: "This is not your present password.",
  WRONG_CODE: "This code is not right, or was used already. Wait for the next one.",
  CODE_NEEDED: "Enter the six digits that your authenticator shows now.",
  NO_SESSION: "This needs a session in a browser.",
  ALREADY_ENROLLED: "A second factor is enrolled already.",
  OWN_ACCOUNT: "Nobody changes their own role or disables themselves. Ask another administrator.",
  LAST_CHAIRMAN: "This is the only chairman. Make another one first.",
  EMAIL_TAKEN: "There is an account with this e-mail already.",
  NO_VENTURE_CHOSEN:
    "Choose at least one venture. Nothing was changed: to a reader no grants would mean every venture.",
  OFFLINE: "The server does not answer. What you typed stays here; try again.",
};

/** What a person reads for any code that signing in, the account or the people page can answer. */
export const sentenceOf = (code: string): string => SENTENCES[code] ?? ERROR_SENTENCES.INTERNAL;
