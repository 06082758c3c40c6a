import type { Metadata } from "next";
import type { ReactNode } from "react";

export const metadata: Metadata = { title: "Data room", referrer: "no-referrer" };

/** Nothing of the desk: no navigation, no search, no account. */
export default function RoomLayout({ children }: { children: ReactNode }) {
  return (
    <main id="main" className="mx-auto grid min-h-dvh w-full max-w-5xl content-start gap-6 px-4 py-10">
      {children}
    </main>
  );
}
