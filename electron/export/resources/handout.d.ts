/** The page of a handout, which the build makes of renderer/handout; see tools/build/handout.mjs. */
declare module "virtual:handout" {
  export const script: string;
  export const style: string;
}
