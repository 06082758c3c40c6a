import { Button } from "@/components/ui/button";

export type DemoSignIn = { email: string; name: string; role: string; password: string };

/** Only in a demo start: one press fills the form. */
export function DemoSignIns({
  demo,
  onChoose,
}: {
  demo: readonly DemoSignIn[];
  onChoose: (signIn: DemoSignIn) => void;
}) {
  if (demo.length === 0) return null;
  return (
    <section aria-labelledby="demo" className="border-t border-line pt-4">
      <h2 id="demo" className="rubric">
        Demo
      </h2>
      <p className="mt-1 text-sm text-muted">Invented people and figures. Press one to fill in the form.</p>
      <ul className="mt-2 grid gap-1">
        {demo.map((signIn) => (
          <li key={signIn.email}>
            <Button className="w-full justify-between!" onClick={() => onChoose(signIn)}>
              <span className="capitalize">{signIn.role}</span>
              <span className="truncate font-normal text-muted">{signIn.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
