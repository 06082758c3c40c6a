import { ButtonLink } from "@/components/ui/link";

/** The same answer for what does not exist and for what one may not see. */
export function PageMissing() {
  return (
    <>
      <title>Nothing is here · Chairman</title>
      <h1 className="headline mb-2 text-2xl">Nothing is here</h1>
      <p className="mb-4 prose-width text-muted">
        This page does not exist, or you may not see it. If somebody sent you the address, ask them whether you should.
      </p>
      <ButtonLink href="/">To the desk</ButtonLink>
    </>
  );
}
