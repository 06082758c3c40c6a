import { ButtonLink } from "@/components/ui/link";

/** For who is signed in, but in a role that the page is not for. It says nothing about whether the thing exists. */
export function PageForbidden() {
  return (
    <>
      <title>Not for your role · Chairman</title>
      <h1 className="headline mb-2 text-2xl">Not for your role</h1>
      <p className="mb-4 prose-width text-muted">
        You are signed in, but your role does not open this page. If you need it for your work, ask the chairman or an
        administrator for another role.
      </p>
      <ButtonLink href="/">To my first page</ButtonLink>
    </>
  );
}
