import type { ReactNode } from "react";

/** A part of *Why* under its heading. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="why-section" aria-label={title}>
      <div className="why-heading">
        <h3>{title}</h3>
      </div>
      {children}
    </section>
  );
}
