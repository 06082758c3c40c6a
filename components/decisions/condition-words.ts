import { conditionSentence } from "@/lib/decisions/rules/condition-words";
import type { Condition } from "@/lib/decisions/schema";
import { formatDay, formatFigure } from "@/lib/format";

/** "Cash runway at least 12 months until 31 December 2026" */
export const conditionWords = (condition: Condition, currency: string): string =>
  conditionSentence(condition, currency, { figure: formatFigure, day: formatDay });
