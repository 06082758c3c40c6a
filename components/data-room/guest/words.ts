import { errorSentence } from "@/components/ui/error-sentence";

const SENTENCES: Readonly<Record<string, string>> = {
  CODE_REFUSED: "This code does not open the room. Ask for a new one; a code counts for ten minutes and once.",
  UNAUTHENTICATED: "Your session has ended. Reload the page and ask for a new code.",
  FORBIDDEN: "Agree to the confidentiality text first.",
  CONFLICT: "The text has changed since you opened it. Reload the page to read the new one.",
  TOO_MANY: "Your group has asked as many questions as it may this week.",
  CANNOT_BE_SHOWN: "This document cannot be shown here. Ask for another form of it.",
  RATE_LIMITED: "Too many in a short time. Wait a quarter of an hour.",
  NOT_FOUND: "This is not there any more.",
};
export const guestText = (refusal: string): string => errorSentence(refusal, SENTENCES);
