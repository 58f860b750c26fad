/** Log lines about what could repeat: at most one a minute, with the number of those that were kept back. */
package cloud.gardener.logging.log;
