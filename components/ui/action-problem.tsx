import type { FieldProblem } from "@/lib/errors";
import { errorSentence } from "./error-sentence";
import { Notice } from "./notice";

type ActionProblemProps = {
  code: string | null;
  problems?: readonly FieldProblem[];
  /** The room's own sentences. */
  sentences: Readonly<Record<string, string | undefined>>;
  /** Does the sentence go on with what is named? */
  names?: (code: string) => boolean;
  word?: string;
};

/** Why the last change was not done, said at once to screen readers. */
export function ActionProblem({ code, problems = [], sentences, names, word = "not done" }: ActionProblemProps) {
  const named = code !== null && names?.(code) ? problems : [];
  return (
    <div role="alert" className="empty:sr-only">
      {code ? (
        <Notice level="critical" word={word}>
          {errorSentence(code, sentences)} {named.map(({ expected }) => expected).join("; ")}
          {named.length > 0 ? "." : ""}
        </Notice>
      ) : null}
    </div>
  );
}
