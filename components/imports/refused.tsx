import type { FieldProblem } from "@/lib/errors";
import { problemSentences, refusalSentence } from "./sentences";

export type Refused = { refusal: string; problems?: readonly FieldProblem[] };

/** Announced as soon as it appears. */
export function RefusedNotice({ refused }: { refused: Refused | null }) {
  return (
    <div role="alert">
      {refused ? (
        <div className="border-l-3 border-critical bg-wash px-3 py-2">
          <p className="font-medium">{refusalSentence(refused.refusal)}</p>
          <ul className="list-disc pl-5 text-sm">
            {problemSentences(refused.problems).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
