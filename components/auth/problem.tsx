import { Notice } from "@/components/ui/notice";
import { sentenceOf } from "./sentences";

/** Said at once to screen readers, because it answers what the person just did. */
export function Problem({ code, level = "critical" }: { code: string | null; level?: "critical" | "unknown" }) {
  return (
    <div role="alert" className="empty:sr-only">
      {code ? (
        <Notice level={level} word={level === "critical" ? "not done" : "one more step"}>
          {sentenceOf(code)}
        </Notice>
      ) : null}
    </div>
  );
}
