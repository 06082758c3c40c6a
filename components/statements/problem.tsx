import { Notice } from "@/components/ui/notice";
import type { FieldProblem } from "@/lib/errors";
import { recordSentence } from "./words";

/** Why the last change was not done, said at once to screen readers. */
export function RecordProblem({ code, problems = [] }: { code: string | null; problems?: readonly FieldProblem[] }) {
  const named = code === "INVALID_INPUT" || code === "NO_STATEMENT" ? problems : [];
  return (
    <div role="alert" className="empty:sr-only">
      {code ? (
        <Notice level="critical" word="not done">
          {recordSentence(code)} {named.map(({ expected }) => expected).join("; ")}
        </Notice>
      ) : null}
    </div>
  );
}
