/** Rate-limited log lines: at most one a minute about an event, with the number of suppressed lines. */
package cloud.gardener.logging.log;
