/**
 * A name as it stands within a sentence. The change requests put the article before elements and devices ("the SIP/IP
 * Core X", "the transferor CPM Client device") and none before a proper name ("Alice", "Proxy 1").
 */
export function withArticle(name: string): string {
  return /^(?:CPM |SIP\/IP |[a-z]+ .*(?:CPM|SIP\/IP) )/.test(name) && !name.startsWith("the ") ? `the ${name}` : name;
}

/** Text as it starts a sentence: with the article before a name, and the article's capital. */
export function startOfSentence(text: string): string {
  const whole = withArticle(text);
  return whole.startsWith("the ") ? `T${whole.slice(1)}` : whole;
}
