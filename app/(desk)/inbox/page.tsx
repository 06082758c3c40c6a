import type { Metadata } from "next";
import { KeyHint } from "@/components/ui/key-hint";
import { requirePermission } from "@/lib/auth/session";

export const metadata: Metadata = { title: "Inbox" };

export default async function InboxPage() {
  await requirePermission("memo:read");
  return (
    <div className="border-y border-line py-8">
      <h1 className="headline text-lg">Choose a memo</h1>
      <p className="mt-1 text-muted">
        <KeyHint keys="j" /> <KeyHint keys="k" /> move through the list, <KeyHint keys="Enter" /> opens a memo. The
        order is deadline, money and whether it can be undone.
      </p>
    </div>
  );
}
