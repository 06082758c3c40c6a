import { errorSentence } from "@/components/ui/error-sentence";
import { Notice } from "@/components/ui/notice";
import type { FieldProblem } from "@/lib/errors";
import { DEAL_SENTENCES } from "./deal-words";

/** Refusals whose sentence goes on with what is named. */
const NAMING = ["FIELDS_MISSING", "EXCLUSIVE_ELSEWHERE", "TERMS_CONTRADICT", "CLOSING_OPEN"];

/** Why the last change of a deal was not done, with each field by name, said at once to screen readers. */
export function DealProblem({ code, problems = [] }: { code: string | null; problems?: readonly FieldProblem[] }) {
  const named = code !== null && NAMING.includes(code) ? problems : [];
  return (
    <div role="alert" className="empty:sr-only">
      {code ? (
        <Notice level="critical" word="not done">
          {errorSentence(code, DEAL_SENTENCES)} {named.map(({ expected }) => expected).join("; ")}
          {named.length > 0 ? "." : ""}
        </Notice>
      ) : null}
    </div>
  );
}
