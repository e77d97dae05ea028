package dev.brigade.jupyter.protocol;

/// Anything the kernel sends.
public sealed interface Outgoing permits Reply, Publication, InputRequest {}
