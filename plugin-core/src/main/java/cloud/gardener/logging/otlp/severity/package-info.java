/**
 * Determines the severity from a level's number or name ({@link cloud.gardener.logging.otlp.severity.Severity}, {@link
 * cloud.gardener.logging.otlp.severity.SeverityTable}), or from the text of a line ({@link
 * cloud.gardener.logging.otlp.severity.TextLevel}).
 */
package cloud.gardener.logging.otlp.severity;
