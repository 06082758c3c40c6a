import { errorSentence } from "@/components/ui/error-sentence";
import { Notice } from "@/components/ui/notice";
import type { FieldProblem } from "@/lib/errors";
import { CLOSING_SENTENCES, namesProblems } from "./closing-words";

/** Why the last change was not done, said at once to screen readers. */
export function ClosingProblem({ code, problems = [] }: { code: string | null; problems?: readonly FieldProblem[] }) {
  const named = code !== null && namesProblems(code) ? problems : [];
  return (
    <div role="alert" className="empty:sr-only">
      {code ? (
        <Notice level="critical" word="not done">
          {errorSentence(code, CLOSING_SENTENCES)} {named.map(({ expected }) => expected).join("; ")}
          {named.length > 0 ? "." : ""}
        </Notice>
      ) : null}
    </div>
  );
}
