import { Button } from "@/components/ui/button";
import { Problem } from "./problem";

/** The end of a form in a dialog: what was refused, and the one button. */
export function FormFoot({ label, busy, problem }: { label: string; busy: boolean; problem: string | null }) {
  return (
    <>
      <Problem text={problem} />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={busy}>
          {label}
        </Button>
      </div>
    </>
  );
}
