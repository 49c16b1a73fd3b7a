import type { Theme } from "../../shared/diagram/theme.ts";

/** `participatingFunction` as a class or property name: `participating-function`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The theme's colours as CSS custom properties: `--scene-arrow`, `--scene-role-client-fill` and so on. */
export function themeProperties(theme: Theme): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  const { roles, tints, ...colors } = theme.colors;
  for (const [name, value] of Object.entries(colors)) properties.set(`--scene-${kebab(name)}`, value);
  for (const [role, parts] of Object.entries(roles)) {
    for (const [part, value] of Object.entries(parts)) properties.set(`--scene-role-${kebab(role)}-${part}`, value);
  }
  for (const [tint, parts] of Object.entries(tints)) {
    for (const [part, value] of Object.entries(parts)) properties.set(`--scene-tint-${tint}-${part}`, value);
  }
  return properties;
}

/** Paints the page in a theme: the diagram by custom properties, the window around it by `data-theme`. */
export function applyTheme(theme: Theme, root: HTMLElement): void {
  root.dataset.theme = theme.name;
  for (const [name, value] of themeProperties(theme)) root.style.setProperty(name, value);
}
