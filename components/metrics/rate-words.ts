import { errorSentence } from "@/components/ui/error-sentence";
import type { RateRefusal } from "@/lib/metrics/mutations/rates";

const SENTENCES: Readonly<Record<RateRefusal, string>> = {
  ALL_VENTURES: "Rates belong to all ventures, and you do not see all of them. Nothing was saved.",
  FUTURE_DAY: "That day has not come yet. Nothing was saved.",
  SAME_VALUE: "This rate is stored already. Nothing was changed.",
  REASON_REQUIRED: "Another rate is stored for that day. Say why it is replaced; both stay in the history.",
  CHANGED_SINCE: "Someone changed this rate since you opened the page. Nothing was saved.",
};

export const rateSentence = (code: string): string => errorSentence(code, SENTENCES);
