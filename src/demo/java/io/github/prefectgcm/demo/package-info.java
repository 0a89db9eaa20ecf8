/**
 * The demo: a simulated day of a small company's workspace, the job executed through it over real
 * sockets, and a page that shows what was written.
 */
package io.github.prefectgcm.demo;
