import { errorSentence } from "@/components/ui/error-sentence";
import { Notice } from "@/components/ui/notice";
import type { FieldProblem } from "@/lib/errors";
import { DOCUMENT_SENTENCES, NAMING } from "./words";

type DocumentProblemProps = { code: string | null; problems?: readonly FieldProblem[] };

/** Why the last change was not done, with what is named, said at once to screen readers. */
export function DocumentProblem({ code, problems = [] }: DocumentProblemProps) {
  const named = code !== null && NAMING.includes(code) ? problems.map(({ expected }) => expected) : [];
  return (
    <div role="alert" className="empty:sr-only">
      {code ? (
        <Notice level="critical" word="not done">
          {errorSentence(code, DOCUMENT_SENTENCES)} {named.join("; ")}
        </Notice>
      ) : null}
    </div>
  );
}
